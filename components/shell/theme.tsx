'use client'

import { ThemeProvider } from 'next-themes'
import { useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { viewParams } from '../view/view-params.ts'

/** Light, dark, or as the system is; an address that names one is shown in it. */
export function Theme({ children }: { children: ReactNode }) {
  const [theme] = useQueryState('theme', viewParams.theme)
  const forced = theme === 'light' || theme === 'dark' ? theme : undefined
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      forcedTheme={forced}
      disableTransitionOnChange
    >
      {children}
    </ThemeProvider>
  )
}
