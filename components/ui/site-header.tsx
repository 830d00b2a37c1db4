import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

/** Stays in view: whatever the reader scrolls to, the state of the stream is beside it. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-page/85 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-[112rem] items-center gap-2.5 px-4 sm:px-6">
        <Logo />
        <span className="font-semibold tracking-tight max-[430px]:sr-only">Tailboard</span>
        <div className="ml-auto flex items-center gap-2">{children}</div>
      </div>
    </header>
  )
}
