'use client'

import { FilterX, Inbox } from 'lucide-react'
import { Notice } from './notice.tsx'

/** There is a relation, but no row in it, or none that meets the filter. */
export function EmptyRelation({ relation, hasFilter }: { relation: string; hasFilter: boolean }) {
  if (hasFilter) {
    return (
      <Notice icon={<FilterX />} title="No row meets the filter now">
        One that comes to meet it shows up here by itself. Remove a condition above to see more.
      </Notice>
    )
  }
  return (
    <Notice icon={<Inbox />} title={`${relation} has no rows now`}>
      The page is connected and waits: the first row shows up here as soon as it is written.
    </Notice>
  )
}
