import * as WebBrowser from 'expo-web-browser'
import { serverUrl } from '../../config.ts'

/** Shows a page of the Studio in the browser; only where the server says that this app may lead to a purchase. */
export async function openStudio(path: string): Promise<void> {
  await WebBrowser.openBrowserAsync(`${serverUrl()}${path}`)
}
