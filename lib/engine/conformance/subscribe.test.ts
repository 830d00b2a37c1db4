import { conform } from './conform.ts'

conform('subscribe', 'v26.24.0-dev.0')
