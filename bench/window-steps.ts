// What `bench/window.ts` does on each screen, and what is to be seen then.
import type { Locator, Page } from '@playwright/test';
import type { WindowData } from './window-data.ts';

/** Steps of one name are one line of the figures. */
export type Step = (
  name: string,
  act: () => Promise<unknown>,
  until: () => Promise<unknown>,
) => Promise<void>;

export interface Screen {
  name: string;
  run: (page: Page, data: WindowData, step: Step) => Promise<void>;
}

const row = (page: Page, grid: string, at: number) =>
  page.getByRole('grid', { name: grid, exact: true }).getByRole('row').nth(at);
/** The last cell, because the first may hold a link or a box to tick. */
const cell = (page: Page, grid: string, at: number) => row(page, grid, at).getByRole('gridcell').last();

/** Wheels through what the pointer is over. Asking where that is would count as work of the window, so it is done before. */
async function scroll(page: Page, over: Locator, step: Step): Promise<void> {
  await over.hover();
  await step(
    'scroll',
    async () => {
      for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 900);
    },
    () => Promise.resolve(),
  );
}

/** To another screen as a link would go there, without loading the application anew. */
const go = (page: Page, path: string) => () =>
  page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`);

const captures: Screen = {
  name: 'Captures',
  async run(page, { small }, step) {
    const pane = page.getByRole('article', { name: 'Call' });
    const shows = (id: number) => () => pane.getByText(`person${id}@example.com`).waitFor();
    await go(page, `/data-sources/${small.id}/captures`)();
    await row(page, 'Captures', 12).waitFor();
    await step('open a call of 1 KB', () => cell(page, 'Captures', 1).click(), shows(59));
    for (let id = 58; id > 50; id -= 1)
      await step('`j` to the next', () => page.keyboard.press('j'), shows(id));
    await step(
      'its tree',
      () => pane.getByText('Tree', { exact: true }).click(),
      () => pane.getByRole('tree').waitFor(),
    );
    for (let id = 50; id > 46; id -= 1)
      await step('`j`, with the tree', () => page.keyboard.press('j'), shows(id));
    await step(
      'its headers',
      () => pane.getByText(/^Headers/).click(),
      () => pane.getByRole('region', { name: 'Headers' }).waitFor(),
    );
  },
};

const largeCall: Screen = {
  name: 'Captures, 25 MB',
  async run(page, { large }, step) {
    const pane = page.getByRole('article', { name: 'Call' });
    await go(page, `/data-sources/${large.id}/captures`)();
    await row(page, 'Captures', 1).waitFor();
    await step(
      'open it',
      () => cell(page, 'Captures', 1).click(),
      () => pane.getByText('person0@example.com').waitFor(),
    );
    await step(
      'its tree',
      () => pane.getByText('Tree', { exact: true }).click(),
      () => pane.getByRole('treeitem').nth(12).waitFor(),
    );
    await step(
      'find a text in it',
      () => pane.getByRole('textbox', { name: 'Find' }).fill('person9999@'),
      () => pane.getByText(/^1 of/).waitFor(),
    );
  },
};

const mapping: Screen = {
  name: 'Inbound Webhook, 25 MB',
  async run(page, { large }, step) {
    const tree = page.getByRole('tree', { name: 'Payload tree' });
    const path = page.getByRole('textbox', { name: 'id', exact: true });
    await step('open it', go(page, `/data-sources/${large.id}/inbound-webhook`), () =>
      tree.getByRole('treeitem').nth(12).waitFor(),
    );
    await step(
      'a JSONPath query',
      () => page.getByRole('textbox', { name: /^Find/ }).fill('$[*].email'),
      () => page.getByText(/^1 of/).waitFor(),
    );
    await path.focus();
    await step(
      'pick a value',
      () => tree.getByText('person0@example.com').click(),
      async () => {
        while ((await path.inputValue()) !== 'email') await page.waitForTimeout(10);
      },
    );
  },
};

const viewData: Screen = {
  name: 'View Data',
  async run(page, { items, itemCount }, step) {
    const first = row(page, 'Items', 1);
    const pane = page.getByRole('region', { name: 'Item', exact: true });
    await step('open it', go(page, `/data-sources/${items.id}/view-data`), () => first.waitFor());
    await scroll(page, page.getByRole('grid', { name: 'Items', exact: true }), step);
    await step(
      'sort by a field',
      () => page.getByRole('button', { name: 'score', exact: true }).click(),
      () => first.getByText('0', { exact: true }).first().waitFor(),
    );
    await step(
      'search',
      () => page.getByRole('textbox', { name: 'Search items' }).fill(`person${itemCount - 1}`),
      () => page.getByText('1 item', { exact: true }).waitFor(),
    );
    await page.getByRole('textbox', { name: 'Search items' }).fill('');
    await row(page, 'Items', 12).waitFor();
    await step(
      'open an item',
      () => cell(page, 'Items', 1).click(),
      () => pane.getByRole('heading', { level: 2 }).waitFor(),
    );
    for (let at = 0; at < 4; at += 1) {
      const before = await pane.getByRole('heading', { level: 2 }).textContent();
      await step(
        'the next item',
        () => page.keyboard.press('ArrowDown'),
        async () => {
          const heading = pane.getByRole('heading', { level: 2 });
          while ((await heading.textContent()) === before) await page.waitForTimeout(5);
        },
      );
    }
  },
};

const components: Screen = {
  name: 'Enterprise Components, 60 sources',
  async run(page, _, step) {
    const list = 'Connected Data Sources';
    await step('open it', go(page, `/enterprise-components`), () => row(page, list, 12).waitFor());
    await scroll(page, page.getByRole('grid', { name: list, exact: true }), step);
    await step(
      'search',
      () => page.getByRole('searchbox', { name: 'Search by name' }).fill('source 41'),
      () => row(page, list, 1).getByText('Data source 41').waitFor(),
    );
  },
};

const compare: Screen = {
  name: 'Compare, 2 × 5 MB',
  async run(page, { pair }, step) {
    await step('open it', go(page, `/captures/compare?left=${pair[0]}&right=${pair[1]}`), () =>
      page
        .getByText(/\d differences/)
        .first()
        .waitFor(),
    );
    await scroll(page, page.getByRole('region', { name: 'Compare' }), step);
    await step(
      'unified',
      () => page.getByText('Unified', { exact: true }).click(),
      () => page.getByRole('radio', { name: 'Unified' }).isChecked(),
    );
  },
};

const replay: Screen = {
  name: 'Results of a replay',
  async run(page, { replayId }, step) {
    await step('open it', go(page, `/replay/jobs/${replayId}`), () => row(page, 'Results', 12).waitFor());
    await scroll(page, page.getByRole('grid', { name: 'Results', exact: true }), step);
    await step(
      'open a result',
      () => cell(page, 'Results', 5).click(),
      () => page.getByRole('article', { name: 'Result' }).getByText('Original answer').first().waitFor(),
    );
  },
};

const modules: Screen = {
  name: 'Module, six steps',
  async run(page, { moduleId }, step) {
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await step('open it', go(page, `/modules/${moduleId}/builder`), () =>
      page.getByRole('list', { name: 'Actions in order' }).locator('> li').nth(5).waitFor(),
    );
    await step(
      'open a step',
      () => page.getByRole('button', { name: 'POST /three' }).first().click(),
      () => page.getByRole('region', { name: 'What is sent' }).waitFor(),
    );
    await step(
      'type in a name',
      () => name.first().pressSequentially(' abc'),
      () => page.getByText('Unsaved changes').waitFor(),
    );
    await step(
      'add an action',
      () => page.getByRole('button', { name: 'Add action' }).click(),
      () => page.getByRole('list', { name: 'Actions in order' }).locator('> li').nth(6).waitFor(),
    );
  },
};

export const screens: readonly Screen[] = [
  captures,
  largeCall,
  mapping,
  viewData,
  components,
  compare,
  replay,
  modules,
];
