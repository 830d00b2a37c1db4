'use client'

import Link from 'next/link'
import { nearNames } from '../../lib/explorer/near-names.ts'
import { toRelationName, toRelationPath } from '../../lib/explorer/relation-path.ts'
import { useRelationList } from './use-relation-list.ts'

/** Relations that are called nearly so. */
export function NearNames({ relation }: { relation: string }) {
  const { relations } = useRelationList()
  const near = nearNames(relation, relations?.map(toRelationName) ?? [])
  if (near.length === 0) return null
  return (
    <p className="mt-3">
      Did you mean{' '}
      {near.map((name, index) => (
        <span key={name}>
          {index > 0 && ' or '}
          <Link href={toRelationPath(name)} className="text-accent underline underline-offset-2">
            {name}
          </Link>
        </span>
      ))}
      ?
    </p>
  )
}
