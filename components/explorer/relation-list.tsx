'use client'

import { Database, RefreshCw, SearchX, ServerOff } from 'lucide-react'
import { useQueryState } from 'nuqs'
import type { ListedRelation } from '../../lib/browser/relations.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Input } from '../ui/input.tsx'
import { viewParams } from '../view/view-params.ts'
import { Notice } from './notice.tsx'
import { RelationTable } from './relation-table.tsx'
import { useRelationList } from './use-relation-list.ts'

/** All relations that can be watched, to be searched and opened. */
export function RelationList() {
  const { relations, trouble, refresh } = useRelationList()
  const [search, setSearch] = useQueryState('q', viewParams.q.withOptions({ history: 'replace' }))
  const found = relations?.filter((relation) => matches(relation, search))
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="mr-auto">
          <h1 className="font-semibold text-xl tracking-tight">Relations</h1>
          <p className="mt-0.5 text-muted text-sm">
            Every table, view and source of the database, each one live.
          </p>
        </div>
        <div className="flex items-center gap-2 max-sm:w-full">
          <Input
            type="search"
            aria-label="Search relations"
            placeholder="Search names and columns"
            value={search}
            onChange={(event) => void setSearch(event.target.value || null)}
            className="w-64 max-sm:w-auto max-sm:flex-1"
          />
          <Button size="medium" onClick={refresh}>
            <RefreshCw aria-hidden="true" />
            <span className="max-sm:sr-only">Count again</span>
          </Button>
        </div>
      </div>
      <Card className="overflow-hidden">
        <p role="status" className="sr-only">
          {found && (search === '' ? `${found.length} relations` : `${found.length} relations found`)}
        </p>
        {trouble && <Trouble trouble={trouble} hasRelations={relations !== undefined} />}
        {!relations && !trouble && <Skeleton />}
        {relations?.length === 0 && <NoRelations />}
        {relations && relations.length > 0 && found?.length === 0 && (
          <Notice icon={<SearchX />} title={`Nothing is called “${search}”`}>
            The search looks at names, schemas and columns.
          </Notice>
        )}
        {found && found.length > 0 && <RelationTable relations={found} />}
      </Card>
    </>
  )
}

function matches({ schema, name, kind, columns }: ListedRelation, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return [`${schema}.${name}`, kind, ...columns.map((column) => column.name)].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}

function Trouble({ trouble, hasRelations }: { trouble: 'database' | 'server'; hasRelations: boolean }) {
  const title = trouble === 'database' ? 'The database does not answer' : 'The server does not answer'
  if (hasRelations) {
    return (
      <p className="border-trouble-line border-b bg-trouble-surface px-5 py-2.5 text-sm text-trouble">
        {title}. What you see may be old; the page asks again every few seconds.
      </p>
    )
  }
  return (
    <Notice icon={trouble === 'database' ? <Database /> : <ServerOff />} title={title}>
      {trouble === 'database'
        ? 'One that has just been started takes a few seconds. The page asks again by itself.'
        : 'Is Tailboard still running? The page asks again by itself.'}
    </Notice>
  )
}

function NoRelations() {
  return (
    <Notice icon={<Database />} title="The database is empty">
      Or it has nothing that may be read here. Make a table, and it is listed at once when you return to this
      page:
      <code className="mt-3 block rounded-lg bg-sunken px-3 py-2 text-left text-ink text-xs">
        CREATE TABLE hello (id int, value double precision);
      </code>
    </Notice>
  )
}

function Skeleton() {
  return (
    <div className="grid gap-3 p-5">
      {[0, 1, 2, 3, 4].map((index) => (
        <div key={index} className="skeleton h-9" />
      ))}
    </div>
  )
}
