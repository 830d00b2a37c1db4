'use client'

import { FilterX, Lock, SearchX, ServerOff, Weight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { type Connection, isSignedOut } from '../../lib/client/connection.ts'
import type { ExplorerState } from '../../lib/explorer/explorer-state.ts'
import { troubleInWords } from '../live/connection-words.ts'
import { Button } from '../ui/button.tsx'
import { NearNames } from './near-names.tsx'
import { Notice } from './notice.tsx'
import { ShowAll } from './show-all.tsx'
import type { ExplorerAddress, SetExplorerAddress } from './use-explorer-address.ts'

interface RelationNoticeProps {
  readonly state: ExplorerState
  readonly relation: string
  readonly connection: Connection
  readonly address: ExplorerAddress
  readonly setAddress: SetExplorerAddress
  readonly onRetry: () => void
}

/** There are no rows to show: why, and what to do next. */
export function RelationNotice(props: RelationNoticeProps) {
  const { state, relation, connection, address, setAddress, onRetry } = props
  const words = troubleInWords(connection)
  switch (state) {
    case 'missing':
    case 'dropped':
      return (
        <Notice icon={<SearchX />} title={`There is no relation ${relation}`} actions={<AllRelations />}>
          Names are told apart by case, and one outside schema public is written with its schema: schema.name.
          If it is made now, it shows up here by itself.
          <NearNames relation={relation} />
        </Notice>
      )
    case 'forbidden':
      return (
        <Notice icon={<Lock />} title={`${relation} may not be read here`} actions={<AllRelations />}>
          Whoever runs this server has listed the relations that may be watched, and this one is not among
          them. To allow it, add its name to <code>STREAM_RELATIONS</code> and start the server again.
        </Notice>
      )
    case 'large':
      return (
        <Notice icon={<Weight />} title={`${relation} is too large to be watched`} actions={<AllRelations />}>
          {words} Watch a smaller part of it: in the database, make a view with the rows that you need, and
          open that.
        </Notice>
      )
    case 'unfit':
      return (
        <Notice
          icon={<FilterX />}
          title="The filter or the columns do not fit"
          actions={<ShowAll address={address} setAddress={setAddress} />}
        >
          {words}
        </Notice>
      )
    default:
      return (
        <Notice
          icon={<ServerOff />}
          title={titleOf(connection, relation)}
          actions={<Button onClick={onRetry}>Try now</Button>}
        >
          {words} The page goes on by itself as soon as there is an answer.
        </Notice>
      )
  }
}

function titleOf(connection: Connection, relation: string): string {
  if (isSignedOut(connection)) return 'You are signed out'
  return connection.state === 'stale' ? `Waiting for ${relation}` : 'The server does not answer'
}

function AllRelations(): ReactNode {
  return (
    <Button asChild look="strong" size="normal">
      <Link href="/relations">See all relations</Link>
    </Button>
  )
}
