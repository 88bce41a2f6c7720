import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';
import { brandPaths, wordMarks } from '../../../renderer/design/brand-paths.ts';
import { contrast, readableColors } from '../../../renderer/design/readable-colors.ts';

type Rgb = [number, number, number];

const rgb = (color: string) => color.match(/\d+/g)?.map(Number) as Rgb;
const mix = (tint: Rgb, ground: Rgb, share: number) =>
  tint.map((part, index) => part * share + (ground[index] ?? 0) * (1 - share)) as Rgb;

describe('brand icons', () => {
  const applications = createCatalog().list();

  it('has a path for every slug of the catalog', () => {
    const missing = applications
      .map((application) => application.icon.slug)
      .filter((slug) => slug !== undefined && !wordMarks.has(slug) && !brandPaths[slug]);
    expect(missing).toEqual([]);
  });

  it.each(applications.map((application) => [application.name, application.icon] as const))(
    'shows %s readably on both grounds',
    (_name, icon) => {
      const marked = icon.slug !== undefined && brandPaths[icon.slug] !== undefined;
      const { light, dark } = readableColors(icon.color, marked ? 'mark' : 'text');
      const wanted = marked ? 3 : 4.5;
      // The shares are those of brand-icon.module.css.
      const onLight = light.solid ? rgb(light.tint) : mix(rgb(light.tint), [255, 255, 255], 0.08);
      const onDark = mix(rgb(dark.tint), [21, 24, 31], 0.14);
      expect(contrast(rgb(light.mark), onLight)).toBeGreaterThanOrEqual(wanted);
      expect(contrast(rgb(dark.mark), onDark)).toBeGreaterThanOrEqual(wanted);
    },
  );
});
