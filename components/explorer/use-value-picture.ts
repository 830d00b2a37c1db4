'use client'

import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { type ChartPicture, createPicture } from '../../lib/explorer/chart-picture.ts'
import type { ChartRoles } from '../../lib/explorer/chart-roles.ts'
import type { ExplorerSession } from './explorer-session.ts'

const PAINT_MS = 500

/** The picture of the chosen values, painted twice a second at most; it stands still while the reader has stopped it. */
export function useValuePicture(
  { projection, store, turns }: ExplorerSession,
  width: number,
  isPaused: boolean,
  roles: ChartRoles,
): ChartPicture | undefined {
  const [picture, setPicture] = useState<ChartPicture>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: other roles are another picture
  useEffect(() => {
    if (width === 0) return
    const paint = (detail: number) => {
      const nowMs = Date.now() + store.getState().clockOffsetMs
      flushSync(() => {
        setPicture((before) => {
          const { chart } = projection
          return chart ? createPicture(chart, nowMs, { widthPx: width, detail }, before) : before
        })
      })
    }
    // One picture more, with other columns or in another width, is made even then.
    return turns.join(paint, isPaused ? Number.POSITIVE_INFINITY : PAINT_MS)
  }, [projection, store, turns, width, isPaused, roles])
  return picture
}
