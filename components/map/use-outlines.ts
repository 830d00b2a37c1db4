'use client'

import type { FeatureCollection, MultiLineString, MultiPolygon, Polygon } from 'geojson'
import { useEffect, useState } from 'react'

export interface Outlines {
  readonly countries: FeatureCollection<Polygon | MultiPolygon, { readonly name: string }>
  /** Where land ends. */
  readonly coasts: MultiLineString
  /** Where countries meet, each border once. */
  readonly borders: MultiLineString
}

let loading: Promise<Outlines> | undefined

/** The outlines of countries (Natural Earth, 1:110 million), a file of our own origin that only a map asks for. */
export function useOutlines(): Outlines | undefined {
  const [outlines, setOutlines] = useState<Outlines>()
  useEffect(() => {
    let isHere = true
    loading ??= load()
    loading.then(
      (loaded) => isHere && setOutlines(loaded),
      () => {
        // The map is whole without them; the next one asks again.
        loading = undefined
      },
    )
    return () => {
      isHere = false
    }
  }, [])
  return outlines
}

async function load(): Promise<Outlines> {
  const [{ default: atlas }, { feature, mesh }] = await Promise.all([
    import('world-atlas/countries-110m.json'),
    import('topojson-client'),
  ])
  // The type of a JSON file says of its tags only that they are text.
  const topology = atlas as unknown as import('topojson-specification').Topology<{
    countries: import('topojson-specification').GeometryCollection<{ name: string }>
  }>
  const { countries } = topology.objects
  return {
    countries: feature(topology, countries) as unknown as Outlines['countries'],
    coasts: mesh(topology, countries, (a, b) => a === b),
    borders: mesh(topology, countries, (a, b) => a !== b),
  }
}
