import type { ReactNode } from 'react'

/** A quiet surface that holds one thing. */
export function Card({ className = '', children }: { className?: string; children: ReactNode }) {
  return <div className={`rounded-xl border border-line bg-surface ${className}`}>{children}</div>
}
