/** What an SVG inherits from the page and would lose outside of it. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'letter-spacing',
  'visibility',
  'display',
]
/** For screens and print of today. */
const SCALE = 2
const PADDING = 20
const TITLE_HEIGHT = 52
const LEGEND_ROW = 20
const LEGEND_GAP = 18
const LEGEND_FONT_PX = 11

export interface PictureLegend {
  readonly colour: string
  readonly name: string
}

export interface SvgPicture {
  /** Drawn over each other, the first one lowest; all are as large as the first one. */
  readonly layers: readonly SVGSVGElement[]
  readonly title: string
  readonly subtitle: string
  /** Colours may be variables of the page's theme. */
  readonly legend: readonly PictureLegend[]
}

/** Draws SVGs of the page as a PNG of twice their size, in the theme they are seen in. Fails where nothing can be drawn. */
export async function drawPng(picture: SvgPicture): Promise<Blob> {
  const { markup, width, height } = toMarkup(picture)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw pictures')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!png) throw new Error('The picture is too large for this browser')
  return png
}

function toMarkup({ layers, title, subtitle, legend }: SvgPicture) {
  const [first] = layers
  if (!first) throw new Error('There is nothing to draw')
  const box = first.getBoundingClientRect()
  const width = Math.ceil(box.width) + 2 * PADDING
  const { fontFamily } = getComputedStyle(document.body)
  const entries = placed(legend, width - 2 * PADDING, fontFamily)
  const legendTop = PADDING + TITLE_HEIGHT + Math.ceil(box.height) + 10
  const height = legendTop + ((entries.at(-1)?.row ?? -1) + 1) * LEGEND_ROW + PADDING
  const ink = resolved('var(--text)')
  const muted = resolved('var(--text-muted)')

  const root = element('svg', { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` })
  root.setAttribute('font-family', fontFamily)
  root.append(
    element('rect', { width, height, fill: resolved('var(--surface)') }),
    text(title, { x: PADDING, y: PADDING + 14, fill: ink, 'font-size': 16, 'font-weight': 600 }),
    text(subtitle, { x: PADDING, y: PADDING + 34, fill: muted, 'font-size': 12 }),
  )
  const place = element('g', { transform: `translate(${PADDING} ${PADDING + TITLE_HEIGHT})` })
  for (const layer of layers) place.append(withStyles(layer))
  root.append(place)
  for (const { colour, name, x, row } of entries) {
    const y = legendTop + row * LEGEND_ROW + 14
    root.append(
      element('circle', { cx: PADDING + x + 4, cy: y - 4, r: 4, fill: resolved(colour) }),
      text(name, { x: PADDING + x + 14, y, fill: muted, 'font-size': LEGEND_FONT_PX }),
    )
  }
  return { markup: new XMLSerializer().serializeToString(root), width, height }
}

/** Where each entry of a legend stands: in rows as wide as the picture. */
function placed(legend: readonly PictureLegend[], width: number, fontFamily: string) {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `${LEGEND_FONT_PX}px ${fontFamily}`
  let x = 0
  let row = 0
  return legend.map((entry) => {
    const entryWidth = 14 + (context?.measureText(entry.name).width ?? 0)
    if (x > 0 && x + entryWidth > width) {
      x = 0
      row += 1
    }
    const place = { ...entry, x, row }
    x += entryWidth + LEGEND_GAP
    return place
  })
}

const SVG = 'http://www.w3.org/2000/svg'

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

function text(content: string, attributes: Record<string, string | number>): SVGElement {
  const made = element('text', attributes)
  made.textContent = content
  return made
}

/** A copy that looks outside of the page as it does inside. */
function withStyles(layer: SVGSVGElement): Node {
  const copy = layer.cloneNode(true) as SVGSVGElement
  const originals = [layer, ...layer.querySelectorAll('*')]
  const copies = [copy, ...copy.querySelectorAll('*')]
  originals.forEach((original, index) => {
    const twin = copies[index]
    if (!twin) return
    const computed = getComputedStyle(original)
    twin.removeAttribute('class')
    twin.removeAttribute('style')
    for (const name of STYLES) {
      const value = computed.getPropertyValue(name)
      if (value !== '') twin.setAttribute(name, value)
    }
  })
  return copy
}

/** A colour as it is in the theme now: outside of the page there are no variables. */
function resolved(colour: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1]
  return name ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : colour
}
