// Hands a text to the browser (or the window) as a file to save.

export function saveTextFile(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds the data itself by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
