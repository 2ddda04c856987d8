import * as Linking from 'expo-linking'
import * as WebBrowser from 'expo-web-browser'

/** Where a checkout leads in the end: back into this app, at an address that the server lists in APP_RETURN_URLS. */
const APP_URL = Linking.createURL('checkout')

/** Where the payment page returns to: a path of the server's, which leads on to the app. */
export const CHECKOUT_RETURN = `/return-to-app?to=${encodeURIComponent(APP_URL)}`

/** Shows the payment page; done when it led back into the app, or the person has closed it. */
export async function openCheckout(url: string): Promise<void> {
  await WebBrowser.openAuthSessionAsync(url, APP_URL)
}
