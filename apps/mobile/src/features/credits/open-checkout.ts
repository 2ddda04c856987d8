import * as Linking from 'expo-linking'
import * as WebBrowser from 'expo-web-browser'

/** The final target of a checkout: this app, at a URL that the server lists in APP_RETURN_URLS. */
const APP_URL = Linking.createURL('checkout')

/** The return URL of the payment page: a path of the server, which redirects to the app. */
export const CHECKOUT_RETURN = `/return-to-app?to=${encodeURIComponent(APP_URL)}`

/** Shows the payment page; resolves when it has returned to the app, or the user has closed it. */
export async function openCheckout(url: string): Promise<void> {
  await WebBrowser.openAuthSessionAsync(url, APP_URL)
}
