export { loseUsageEvents } from './testing/lose-usage-events.ts'
