import { defineConfig } from 'playwright/test'

/** Root has no sandbox to give away, and a test browser has nobody to call. */
const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
]

export default defineConfig({
  testDir: '.',
  // The chaos of real processes is played by vitest.
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './support/build.ts',
  // Each file starts a Tailboard of its own, and two are what two cores carry.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A machine that others use as well may be late once: that is told as flaky, and is to be looked at.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: CHROMIUM_ARGS },
  },
})
