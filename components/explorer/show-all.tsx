'use client'

import { Button } from '../ui/button.tsx'
import type { ExplorerAddress, SetExplorerAddress } from './use-explorer-address.ts'

/** The way out of filters and columns that lead to nothing. */
export function ShowAll({
  address,
  setAddress,
}: {
  address: ExplorerAddress
  setAddress: SetExplorerAddress
}) {
  return (
    <>
      {address.where.length > 0 && (
        <Button onClick={() => void setAddress({ where: null })}>Remove the filters</Button>
      )}
      {address.columns && (
        <Button onClick={() => void setAddress({ columns: null })}>Show all columns</Button>
      )}
    </>
  )
}
