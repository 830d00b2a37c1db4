'use client'

import { useEffect, useState } from 'react'
import { hasRelation } from '../../lib/browser/relations.ts'
import { isMissing } from '../../lib/client/connection.ts'
import { useReadings } from '../live/use-relation.ts'

/** Whether the server offers the metrics of its machine; undefined until it has said so. It is asked once. */
export function useHostMetricsOffered(): boolean | undefined {
  // While the database is away it cannot tell what there is.
  const { ready, connection } = useReadings()
  const answers = ready || isMissing(connection)
  const [offered, setOffered] = useState<boolean>()
  useEffect(() => {
    if (!answers) return
    const controller = new AbortController()
    void hasRelation('host_metrics', controller.signal).then((answer) => {
      if (!controller.signal.aborted) setOffered(answer ?? false)
    })
    return () => controller.abort()
  }, [answers])
  return offered
}
