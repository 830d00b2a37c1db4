'use client'

import { useState } from 'react'

/** A value that marks itself for a moment when it is another one than before; not when it is seen first. */
export function ChangedValue({ value }: { value: string }) {
  const [seen, see] = useState({ value, changes: 0 })
  if (seen.value !== value) see({ value, changes: seen.changes + 1 })
  return (
    // Another key is another element: its mark begins anew.
    <span key={seen.changes} className="changed-value" data-changed={seen.changes > 0}>
      {value}
    </span>
  )
}
