'use client'

import { useEffect, useState } from 'react'
import { hasRelation } from '../../lib/browser/relations.ts'
import { useReadings } from '../live/use-relation.ts'

/** Whether the server offers the metrics of its machine; undefined until it has said so. It is asked once. */
export function useHostMetricsOffered(): boolean | undefined {
  // While the database is away it cannot tell what there is.
  const { ready } = useReadings()
  const [offered, setOffered] = useState<boolean>()
  useEffect(() => {
    if (!ready) return
    const controller = new AbortController()
    void hasRelation('host_metrics', controller.signal).then((answer) => {
      if (!controller.signal.aborted) setOffered(answer ?? false)
    })
    return () => controller.abort()
  }, [ready])
  return offered
}
