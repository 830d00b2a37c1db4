/** Where the lines are drawn inside a chart, in pixels. */
export interface PlotArea {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export const MARGIN = { top: 10, right: 8, bottom: 0, left: 0 }
export const VALUE_AXIS_WIDTH = 38
export const TIME_AXIS_HEIGHT = 26

/** Follows from the margins and axes, so that drawings over a chart fit it without asking it. */
export function toPlotArea(width: number, height: number, axisWidth = VALUE_AXIS_WIDTH): PlotArea {
  return {
    left: MARGIN.left + axisWidth,
    top: MARGIN.top,
    width: Math.max(0, width - MARGIN.left - MARGIN.right - axisWidth),
    height: Math.max(0, height - MARGIN.top - MARGIN.bottom - TIME_AXIS_HEIGHT),
  }
}
