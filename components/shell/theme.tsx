'use client'

import { ThemeProvider, useTheme } from 'next-themes'
import { useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { THEMES, viewParams } from '../view/view-params.ts'

type ThemeName = (typeof THEMES)[number]

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

/** What the reader has chosen, and the way to choose; known only in the browser. */
export function useThemeChoice(): { choice: ThemeName; choose: (theme: ThemeName) => void } {
  const { theme, setTheme } = useTheme()
  return { choice: THEMES.find((known) => known === theme) ?? 'system', choose: setTheme }
}
