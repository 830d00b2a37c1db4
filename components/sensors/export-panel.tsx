'use client'

import { FileSpreadsheet, Image as ImageIcon } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { toCsvBlob } from '../../lib/browser/csv.ts'
import { download, fileName } from '../../lib/browser/download.ts'
import type { Metric } from '../../lib/readings/air-quality.ts'
import type { TimeRange } from '../../lib/readings/line.ts'
import { BAND_COLUMNS, bandRows, READING_COLUMNS, readingRows } from '../../lib/readings/readings-file.ts'
import { useLive } from '../live/live-provider.tsx'
import { Menu, MenuGroup, MenuItem } from '../ui/menu.tsx'
import { useSelection } from '../view/use-selection.ts'
import { saveChart } from './save-chart.ts'

const RELATION = 'sensors_view'
/** Where not all readings are streamed: what all sensors measured, second by second. */
const RELATION_OF_MANY = 'air_quality_1s'

export interface ExportPanelProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  /** What the charts show. */
  readonly range: () => TimeRange
}

/** Saves readings and charts as files, made here from what the page holds. */
export function ExportPanel({ trigger, range }: ExportPanelProps) {
  const { readings } = useLive()
  const { ids } = useSelection()
  const [problem, setProblem] = useState<string>()

  const saveReadings = (shown?: TimeRange) => {
    const { lines, band, sensors } = readings.getState().view
    if (ids.size === 0 && band && sensors.length > lines.length) {
      download(fileName(RELATION_OF_MANY, Date.now(), 'csv'), toCsvBlob(BAND_COLUMNS, bandRows(band, shown)))
      return
    }
    const chosen = ids.size > 0 ? lines.filter(({ id }) => ids.has(id)) : lines
    download(fileName(RELATION, Date.now(), 'csv'), toCsvBlob(READING_COLUMNS, readingRows(chosen, shown)))
  }
  const savePicture = (metric: Metric) => {
    setProblem(undefined)
    saveChart(metric).catch((error: unknown) => {
      setProblem(`The picture could not be made. ${error instanceof Error ? error.message : ''}`)
    })
  }
  const who = ids.size > 0 ? `${ids.size} selected ${ids.size === 1 ? 'sensor' : 'sensors'}` : 'all sensors'
  return (
    <>
      <Menu trigger={trigger}>
        <MenuGroup name={`Readings of ${who}, as CSV`}>
          <MenuItem onSelect={() => saveReadings(range())}>
            <FileSpreadsheet aria-hidden="true" /> What is shown
          </MenuItem>
          <MenuItem onSelect={() => saveReadings()}>
            <FileSpreadsheet aria-hidden="true" /> Everything held
          </MenuItem>
        </MenuGroup>
        <MenuGroup name="Chart, as a picture">
          <MenuItem onSelect={() => savePicture('pm25')}>
            <ImageIcon aria-hidden="true" /> PM2.5 as PNG
          </MenuItem>
          <MenuItem onSelect={() => savePicture('pm10')}>
            <ImageIcon aria-hidden="true" /> PM10 as PNG
          </MenuItem>
        </MenuGroup>
      </Menu>
      {problem && (
        <p role="alert" className="text-trouble text-xs">
          {problem}
        </p>
      )}
    </>
  )
}
