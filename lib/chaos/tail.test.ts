import { vi } from 'vitest'
import { playSchedules } from './play.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

playSchedules('v0.26')
