"""The pictures: one description each, drawn as SVG and as Plotly. Pure."""
