export { findChromium } from './browser/find-chromium.ts'
export { launchChromium } from './browser/launch-chromium.ts'
