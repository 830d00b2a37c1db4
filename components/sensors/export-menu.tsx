'use client'

import { Download } from 'lucide-react'
import { lazy } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import type { TimeRange } from '../../lib/readings/line.ts'
import { Button } from '../ui/button.tsx'
import { OnDemand } from '../ui/on-demand.tsx'

const load = () => persistently(() => import('./export-panel.tsx'))
const ExportPanel = lazy(async () => ({ default: (await load()).ExportPanel }))

const trigger = (
  <Button size="medium">
    <Download aria-hidden="true" />
    Export
  </Button>
)

/** Readings and charts as files. */
export function ExportMenu({ range }: { range: () => TimeRange }) {
  return (
    <OnDemand trigger={trigger} opens="menu" load={load}>
      <ExportPanel trigger={trigger} range={range} />
    </OnDemand>
  )
}
