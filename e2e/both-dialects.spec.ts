import { Client } from 'pg'
import { expect, test } from 'playwright/test'
import { expectToMove, openDashboard } from './support/page.ts'
import { startTailboard } from './support/tailboard.ts'

for (const [version, statement] of [
  ['v0.26', 'TAIL'],
  ['v26.24.0', 'SUBSCRIBE'],
] as const) {
  test(`the same app speaks ${statement} to ${version}`, async ({ page, request }) => {
    test.setTimeout(240_000)
    const tailboard = await startTailboard({ EMBEDDED_VERSION: version, SENSORS: '5' })
    const database = new Client({ connectionString: tailboard.databaseUrl })
    try {
      await database.connect()
      expect(await (await request.get(`${tailboard.url}/api`)).json()).toMatchObject({
        engine: { statement },
      })
      await openDashboard(page, tailboard.url)
      await expectToMove(page, 'PM2.5 over time')
      await database.query(
        'INSERT INTO sensors VALUES (9001, 88, 99, 48.78, 9.18, extract(epoch from now()))',
      )
      await expect(page.locator('[data-sensor="9001"]')).toContainText('88', { timeout: 2_000 })
    } finally {
      await database.end()
      await tailboard.stop()
    }
  })
}
