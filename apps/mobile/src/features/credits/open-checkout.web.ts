import * as WebBrowser from 'expo-web-browser'

/** A browser comes back to the start page in the window it has opened; this one stays where it is. */
export const CHECKOUT_RETURN = '/'

/** Shows the payment page in a window of its own. */
export async function openCheckout(url: string): Promise<void> {
  await WebBrowser.openBrowserAsync(url)
}
