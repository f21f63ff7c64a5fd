"""How each of the force's systems writes down what it holds: own columns, codes and warts."""
