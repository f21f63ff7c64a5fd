"""How it is drawn: a result or a chart → SVG with a title and a description."""
