import type { Page } from 'playwright-core'

/**
 * The contrast of the first element that a selector finds, by WCAG 2: its text against what is behind it.
 *
 * @throws Error when there is no such element
 */
export function contrastOf(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`(${contrast})(document.querySelector(${JSON.stringify(selector)}))`)
}

/** As text, since it runs in the browser, whose types are not known here. */
const contrast = `(element) => {
  const paint = (color) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d')
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
  }
  const luminance = (color) => {
    const [r, g, b] = paint(color).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  let behind = element
  while (paint(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement
  const [dark, light] = [luminance(getComputedStyle(element).color), luminance(getComputedStyle(behind).backgroundColor)]
    .sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}`
