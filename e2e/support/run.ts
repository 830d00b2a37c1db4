import { spawnSync } from 'node:child_process'
import { findChromium } from './find-chromium.ts'

// Playwright reads its configuration in every worker: what is found once is handed to all by the environment.
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/playwright/cli.js',
    'test',
    '--config',
    'e2e/playwright.config.ts',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: findChromium() } },
)
process.exitCode = status ?? 1
