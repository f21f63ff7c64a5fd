"""Others beside whom a result may fairly be read: similar forces, and the country."""
