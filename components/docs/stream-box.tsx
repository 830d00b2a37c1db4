'use client'

import { Play, Square } from 'lucide-react'
import { useId, useState } from 'react'
import { toRelationName } from '../../lib/explorer/relation-path.ts'
import { EventInspector } from '../explorer/event-inspector.tsx'
import { useRelationList } from '../explorer/use-relation-list.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Select } from '../ui/select.tsx'
import { useRawStream } from './use-raw-stream.ts'

const WORDS = {
  stopped: 'Stopped',
  connecting: 'Connecting',
  open: 'Open',
  refused: 'The server refused it',
} as const

/** A stream as it comes, event by event: an endless answer is nothing that a page of forms could show. */
export function StreamBox() {
  const { relations = [] } = useRelationList()
  const names = relations.map(toRelationName)
  const [chosen, setChosen] = useState<string>()
  const relation = chosen ?? (names.includes('sensors_latest') ? 'sensors_latest' : names[0])
  const { state, log, start, stop } = useRawStream()
  const isOn = state !== 'stopped' && state !== 'refused'
  const id = useId()
  return (
    <Card>
      <section aria-labelledby={id} className="divide-y divide-line">
        <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-5">
          <h2 id={id} className="mr-auto font-semibold text-[0.9375rem]">
            The live stream
          </h2>
          <span role="status" className="text-muted text-sm">
            {WORDS[state]}
          </span>
          <Select
            name="Relation to stream"
            options={names.map((name) => ({ value: name, label: name }))}
            value={relation}
            onChange={(name) => {
              stop()
              setChosen(name)
            }}
            placeholder="No relations"
          />
          <Button
            size="normal"
            className="h-8"
            disabled={relation === undefined}
            onClick={() => (isOn || relation === undefined ? stop() : start(relation))}
          >
            {isOn ? <Square aria-hidden="true" /> : <Play aria-hidden="true" />}
            {isOn ? 'Stop' : 'Start'}
          </Button>
        </div>
        <EventInspector key={log.id} log={log.events} />
      </section>
    </Card>
  )
}
