import { geoContains, geoMercator, geoPath } from 'd3-geo'
import { memo, useMemo } from 'react'
import { type Camera, type MapSize, metresPerPixel, placeAt, toSpot } from '../../lib/readings/map-camera.ts'
import { gridLines, gridStep } from '../../lib/readings/map-scale.ts'
import { formatLatitude, formatLongitude } from './degrees.ts'
import type { Outlines } from './use-outlines.ts'

/** Lines nearer to each other than this would compete with the sensors. */
const GRID_GAP_PX = 92
/** Between two labelled lines there are so many quiet ones. */
const SUBDIVISIONS = 4

/** A longitude in words takes so much room. */
const LABEL_PX = 64
/** The scale bar in the corner has so much room. */
const SCALE_PX = 150
/** A picture that is wider than this shows more than one country's air. */
const COUNTRY_M = 600_000

interface MapBaseProps {
  readonly camera: Camera
  readonly size: MapSize
  readonly outlines: Outlines | undefined
}

/** The ground: land and water, borders, and a grid of degrees that tells where it is. */
export const MapBase = memo(function MapBase({ camera, size, outlines }: MapBaseProps) {
  const paths = useMemo(() => toPaths(camera, size, outlines), [camera, size, outlines])
  const country = useMemo(() => countryAt(camera, size, outlines), [camera, size, outlines])
  const { columns, rows, fine } = useMemo(() => toGrid(camera, size), [camera, size])
  return (
    <g>
      {paths && <path d={paths.land} className="map-land" />}
      <path d={fine} className="map-grid-fine" />
      <path
        d={[
          ...columns.map(({ at }) => `M${at},0V${size.height}`),
          ...rows.map(({ at }) => `M0,${at}H${size.width}`),
        ].join('')}
        className="map-grid"
      />
      {paths && <path d={paths.coasts} className="map-coast" />}
      {paths && <path d={paths.borders} className="map-border" />}
      {country && (
        <text x={14} y={24} className="map-country">
          {country}
        </text>
      )}
      {columns.map(({ at, label }) =>
        label !== '' && at > 60 && at < size.width - SCALE_PX ? (
          <text key={label} x={at + 4} y={size.height - 7} className="map-degrees">
            {label}
          </text>
        ) : null,
      )}
      {rows.map(({ at, label }) =>
        at > (country ? 48 : 20) && at < size.height - 30 ? (
          <text key={label} x={7} y={at - 4} className="map-degrees">
            {label}
          </text>
        ) : null,
      )}
    </g>
  )
})

function toPaths({ latitude, longitude, scale }: Camera, { width, height }: MapSize, outlines?: Outlines) {
  if (!outlines) return undefined
  const projection = geoMercator()
    .rotate([-longitude, 0])
    .center([0, latitude])
    .scale(scale)
    .translate([width / 2, height / 2])
    // A little outside of the picture, so that the edge of what is cut off is not drawn as a coast.
    .clipExtent([
      [-8, -8],
      [width + 8, height + 8],
    ])
    // No curves between two points of a border: near by, they would be refined without end.
    .precision(0)
  const path = geoPath(projection).digits(1)
  return {
    land: path(outlines.countries) ?? '',
    coasts: path(outlines.coasts) ?? '',
    borders: path(outlines.borders) ?? '',
  }
}

/** The name of the country in the middle, where the picture is small enough to be of one. */
function countryAt(camera: Camera, { width }: MapSize, outlines?: Outlines): string | undefined {
  if (!outlines || width * metresPerPixel(camera) > COUNTRY_M) return undefined
  const middle: [number, number] = [camera.longitude, camera.latitude]
  return outlines.countries.features.find((country) => geoContains(country, middle))?.properties.name
}

function toGrid(camera: Camera, size: MapSize) {
  const northWest = placeAt(camera, size, { x: 0, y: 0 })
  const southEast = placeAt(camera, size, { x: size.width, y: size.height })
  const degreesPerPixel = 180 / Math.PI / camera.scale
  const step = gridStep(degreesPerPixel, GRID_GAP_PX)
  // Not from corner to corner: the picture may cross the date line, or be as wide as the world.
  const half = (size.width / 2) * degreesPerPixel
  const [west, east] = [camera.longitude - half, camera.longitude + half]
  const x = (longitude: number) =>
    Math.round(size.width / 2 + (longitude - camera.longitude) / degreesPerPixel)
  const y = (latitude: number) =>
    Math.round(toSpot(camera, size, { latitude, longitude: camera.longitude }).y)
  const everyNth = Math.ceil(LABEL_PX / (step / degreesPerPixel))
  const fineStep = step / SUBDIVISIONS
  return {
    columns: gridLines(west, east, step).map((degrees, index) => ({
      at: x(degrees) + 0.5,
      // Of the whole world there are more lines than words have room.
      label: index % everyNth === 0 ? formatLongitude(degrees, step) : '',
    })),
    rows: gridLines(southEast.latitude, northWest.latitude, step).map((degrees) => ({
      at: y(degrees) + 0.5,
      label: formatLatitude(degrees, step),
    })),
    fine: [
      ...gridLines(west, east, fineStep).map((degrees) => `M${x(degrees) + 0.5},0V${size.height}`),
      ...gridLines(southEast.latitude, northWest.latitude, fineStep).map(
        (degrees) => `M0,${y(degrees) + 0.5}H${size.width}`,
      ),
    ].join(''),
  }
}
