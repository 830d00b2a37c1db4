'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useQueryState } from 'nuqs'
import { useId } from 'react'
import { classNames } from '../ui/class-names.ts'
import { useInBrowser } from '../ui/use-in-browser.ts'
import { THEMES, viewParams } from '../view/view-params.ts'
import { useThemeChoice } from './theme.tsx'
import { useShortcut } from './use-shortcut.ts'

const CHOICES = {
  light: { name: 'Light', Icon: Sun },
  dark: { name: 'Dark', Icon: Moon },
  system: { name: 'As the system', Icon: Monitor },
} as const

/** Light, dark, or as the system is. What is chosen is kept in the browser and goes before what an address asks for. */
export function ThemeSwitch({ className }: { className?: string }) {
  const group = useId()
  const [asked, setAsked] = useQueryState('theme', viewParams.theme)
  const { choice, choose } = useThemeChoice()
  // The server cannot know what is kept in the browser.
  const isThere = useInBrowser()
  const current = asked ?? choice
  const change = (theme: (typeof THEMES)[number]) => {
    choose(theme)
    void setAsked(null)
  }
  useShortcut('theme', () => change(THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system'))
  return (
    <fieldset className={classNames('flex rounded-lg bg-sunken p-0.5', className)}>
      <legend className="sr-only">Theme</legend>
      {THEMES.map((theme) => {
        const { name, Icon } = CHOICES[theme]
        return (
          <label
            key={theme}
            title={name}
            className="flex size-7 cursor-pointer items-center justify-center rounded-md text-muted hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-xs has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              className="sr-only"
              name={group}
              checked={isThere && current === theme}
              onChange={() => change(theme)}
            />
            <span className="sr-only">{name}</span>
            <Icon aria-hidden="true" className="size-4" />
          </label>
        )
      })}
    </fieldset>
  )
}
