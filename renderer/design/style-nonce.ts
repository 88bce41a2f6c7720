// The nonce of this very page: what makes style elements at run time (Mantine, the code editor) must carry it.
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
