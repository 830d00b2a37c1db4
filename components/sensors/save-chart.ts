import { download, fileName } from '../../lib/browser/download.ts'
import { drawPng, type PictureLegend } from '../../lib/browser/svg-picture.ts'
import { BREAKPOINTS, CATEGORY_NAMES, type Metric } from '../../lib/readings/air-quality.ts'
import { rangeInWords } from '../charts/time-axis.ts'

const NAMES: Readonly<Record<Metric, string>> = { pm25: 'PM2.5', pm10: 'PM10' }

/** Saves a chart as it is on the page now. Fails where it is not there, or the browser cannot draw it. */
export async function saveChart(metric: Metric): Promise<void> {
  const figure = document.querySelector<HTMLElement>(`figure[data-chart="${metric}"]`)
  const layers = figure
    ? [...figure.querySelectorAll<SVGSVGElement>('svg[width][height]')].filter(isLayer)
    : []
  if (!figure || layers.length === 0) throw new Error('The chart has not been drawn yet.')
  const { from, to } = figure.dataset
  const day = new Date(Number(to) * 1000).toLocaleDateString(undefined, { dateStyle: 'medium' })
  const nowS = Date.now() / 1000
  const png = await drawPng({
    layers,
    title: `${NAMES[metric]} over time, µg/m³`,
    subtitle: `${day}, ${rangeInWords(Number(from), Number(to), Number(from) || nowS)}`,
    legend: legendOf(metric),
  })
  download(fileName(`sensors_view ${metric}`, Date.now(), 'png'), png)
}

/** Icons are SVGs, too. */
const isLayer = (svg: SVGSVGElement) => svg.closest('button') === null

function legendOf(metric: Metric): PictureLegend[] {
  return BREAKPOINTS[metric].map(({ category, from }) => ({
    colour: `var(--category-${category})`,
    name: from === 0 ? CATEGORY_NAMES[category] : `${CATEGORY_NAMES[category]} from ${from}`,
  }))
}
