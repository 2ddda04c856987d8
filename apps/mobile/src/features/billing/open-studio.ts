import * as WebBrowser from 'expo-web-browser'
import { serverUrl } from '../../config.ts'

/** Opens a page of the Studio in the browser; only if the server says that this app may link to purchases. */
export async function openStudio(path: string): Promise<void> {
  await WebBrowser.openBrowserAsync(`${serverUrl()}${path}`)
}
