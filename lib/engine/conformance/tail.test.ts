import { conform } from './conform.ts'

conform('tail', 'v0.25.0')
