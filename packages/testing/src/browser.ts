export { findChromium } from './browser/find-chromium.ts'
export { findViolations } from './browser/find-violations.ts'
export { launchChromium } from './browser/launch-chromium.ts'
export { sweepViews, type View, VIEWS } from './browser/sweep-views.ts'
