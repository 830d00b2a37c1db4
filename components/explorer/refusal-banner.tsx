'use client'

import { TriangleAlert } from 'lucide-react'
import type { Connection } from '../../lib/client/connection.ts'
import { refusalOf } from '../../lib/explorer/explorer-state.ts'
import { troubleInWords } from '../live/connection-words.ts'
import { ShowAll } from './show-all.tsx'
import type { ExplorerAddress, SetExplorerAddress } from './use-explorer-address.ts'

const TITLES = {
  missing: 'The relation was dropped: what you see is its last state.',
  dropped: 'The relation was dropped: what you see is its last state.',
  forbidden: 'The relation may no longer be read here: what you see is what was read last.',
  large: 'The relation has grown too large: what you see is what was read last.',
  unfit: 'The filter or the columns no longer fit the relation: what you see is what was read last.',
} as const

interface RefusalBannerProps {
  readonly connection: Connection
  readonly address: ExplorerAddress
  readonly setAddress: SetExplorerAddress
}

/** Rows are there, but no more will come as things are. */
export function RefusalBanner({ connection, address, setAddress }: RefusalBannerProps) {
  const refusal = refusalOf(connection)
  if (refusal === undefined || !(refusal in TITLES)) return null
  const isDropped = refusal === 'missing' || refusal === 'dropped'
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-trouble-line bg-trouble-surface px-4 py-2.5 text-sm"
    >
      <TriangleAlert aria-hidden="true" className="size-5 shrink-0 text-trouble max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
        <p className="font-semibold text-trouble">{TITLES[refusal as keyof typeof TITLES]}</p>
        <p>
          {isDropped
            ? 'When one of this name is made again, its rows come by themselves.'
            : troubleInWords(connection)}
        </p>
      </div>
      {refusal === 'unfit' && <ShowAll address={address} setAddress={setAddress} />}
    </div>
  )
}
