import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * The Chromium to test with: `CHROMIUM_PATH`, else one on the PATH, else Playwright's own, which is installed where
 * it is missing (as root on Debian its package instead). Says which it is.
 */
export function findChromium(): string {
  const path = given() ?? onPath() ?? playwrights() ?? install()
  console.log(`Testing in ${path}`)
  return path
}

function given(): string | undefined {
  const path = process.env.CHROMIUM_PATH
  if (path && !existsSync(path)) throw new Error(`CHROMIUM_PATH names ${path}, where there is no file`)
  return path || undefined
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

function playwrights(): string | undefined {
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

function install(): string {
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'inherit' })
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    run('apt-get', 'update')
    run('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium')
  } else {
    run('npx', 'playwright', 'install', 'chromium')
  }
  const path = onPath() ?? playwrights()
  if (!path) throw new Error('No Chromium was found or installed: set CHROMIUM_PATH to one')
  return path
}
