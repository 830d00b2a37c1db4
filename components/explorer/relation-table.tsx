'use client'

import { Radio } from 'lucide-react'
import Link from 'next/link'
import type { ListedRelation } from '../../lib/browser/relations.ts'
import { toRelationName, toRelationPath } from '../../lib/explorer/relation-path.ts'
import { formatCount } from '../ui/number.ts'

/** Relations with what is known of each; the whole row leads to its page. */
export function RelationTable({ relations }: { relations: readonly ListedRelation[] }) {
  return (
    <table className="w-full table-fixed text-sm">
      <thead>
        <tr className="border-line border-b text-left text-muted text-xs [&>th]:px-4 [&>th]:py-2.5 [&>th]:font-medium sm:[&>th]:px-5">
          <th className="md:w-72 lg:w-80">Name</th>
          <th className="w-40 max-md:hidden">Kind</th>
          <th className="max-lg:hidden">Columns</th>
          <th className="w-24 text-right sm:w-28">Rows</th>
          <th className="w-32 text-right max-sm:hidden">Watched by</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {relations.map((relation) => (
          <RelationRow key={`${relation.schema}.${relation.name}`} relation={relation} />
        ))}
      </tbody>
    </table>
  )
}

function RelationRow({ relation }: { relation: ListedRelation }) {
  const { schema, name, kind, columns, rows, clients } = relation
  return (
    <tr className="relative hover:bg-sunken/60 [&>td]:px-4 [&>td]:py-2.5 sm:[&>td]:px-5">
      <td className="[overflow-wrap:anywhere]">
        <Link
          href={toRelationPath(toRelationName(relation))}
          prefetch={false}
          className="font-medium after:absolute after:inset-0"
        >
          {schema !== 'public' && <span className="font-normal text-muted">{schema}.</span>}
          {name}
        </Link>
        <span className="block text-muted text-xs md:hidden">{kind}</span>
      </td>
      <td className="text-muted max-md:hidden">{kind}</td>
      <td className="max-lg:hidden">
        <span className="flex gap-2 text-muted">
          <span className="shrink-0 tabular-nums text-ink">{columns.length}</span>
          <span className="truncate" title={columns.map((column) => column.name).join(', ')}>
            {columns.map((column) => column.name).join(', ')}
          </span>
        </span>
      </td>
      <td className="text-right tabular-nums">
        {rows === null ? <span className="text-muted">unknown</span> : formatCount(rows)}
      </td>
      <td className="text-right max-sm:hidden">
        {clients > 0 ? (
          <span className="inline-flex items-center gap-1.5 align-middle tabular-nums">
            <Radio aria-hidden="true" className="size-3.5 text-(--live)" />
            {formatCount(clients)}
          </span>
        ) : (
          <>
            <span aria-hidden="true" className="text-muted">
              –
            </span>
            <span className="sr-only">nobody</span>
          </>
        )}
      </td>
    </tr>
  )
}
