'use client'

import { lazy, type ReactElement, type ReactNode } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { OnDemand } from './on-demand.tsx'

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  /** What it holds, for who cannot see it. */
  readonly name: string
  readonly children: ReactNode
}

const load = () => persistently(() => import('./popover-panel.tsx'))
const PopoverPanel = lazy(async () => ({ default: (await load()).PopoverPanel }))

/** A small panel beside the button that opened it. */
export function Popover(props: PopoverProps) {
  return (
    <OnDemand trigger={props.trigger} opens="dialog" load={load}>
      <PopoverPanel {...props} />
    </OnDemand>
  )
}
