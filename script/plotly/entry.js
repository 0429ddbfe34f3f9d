// The part of plotly.js that the pictures use: scatter is in the core.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import heatmap from "plotly.js/lib/heatmap";
import scatterpolar from "plotly.js/lib/scatterpolar";

Plotly.register([bar, heatmap, scatterpolar]);

export const { newPlot, react, relayout, purge, version } = Plotly;
