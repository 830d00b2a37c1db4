'use client'

import { type ReactNode, useSyncExternalStore } from 'react'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { areShortcutsOn, KEYS_IN_PLACE, onShortcutSwitch, SHORTCUTS, setShortcutsOn } from './shortcuts.ts'

/** All keys, and the switch for those that are a single letter. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const isOn = useSyncExternalStore(onShortcutSwitch, areShortcutsOn)
  return (
    <Dialog
      title="Keys"
      description="The page can be used without a mouse."
      size="wide"
      open
      onOpenChange={onClose}
    >
      <div className="grid gap-x-10 gap-y-5 md:grid-cols-2">
        <section aria-labelledby="keys-anywhere">
          <h3 id="keys-anywhere" className="mb-1 font-semibold text-sm">
            Anywhere
          </h3>
          <Keys>
            {Object.values(SHORTCUTS).map(({ key, words }) => (
              <Key key={key} keys={[key]} words={words} isOff={!isOn} />
            ))}
          </Keys>
        </section>
        <section aria-labelledby="keys-in-place">
          <h3 id="keys-in-place" className="mb-1 font-semibold text-sm">
            Where the focus is
          </h3>
          <Keys>
            {KEYS_IN_PLACE.map(({ keys, words }) => (
              <Key key={words} keys={keys} words={words} />
            ))}
          </Keys>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control */}
          <label className="mt-4 flex cursor-pointer items-center gap-2.5 rounded-lg bg-sunken px-3 py-2.5 text-sm">
            <Checkbox name="Single letters do something" checked={isOn} onChange={setShortcutsOn} />
            Single letters do something
          </label>
        </section>
      </div>
    </Dialog>
  )
}

function Keys({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line">{children}</dl>
}

function Key({ keys, words, isOff }: { keys: readonly string[]; words: string; isOff?: boolean }) {
  return (
    <div className="flex items-center justify-between gap-4 py-2 text-sm">
      <dt className={isOff ? 'text-muted line-through' : undefined}>{words}</dt>
      <dd className="flex shrink-0 gap-1">
        {keys.map((key) => (
          <kbd
            key={key}
            className="min-w-7 rounded-md border border-line-strong bg-surface px-2 py-0.5 text-center font-sans text-xs"
          >
            {key}
          </kbd>
        ))}
      </dd>
    </div>
  )
}
