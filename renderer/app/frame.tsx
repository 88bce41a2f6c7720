// The frame of the application: rail, top bar, content, status bar. Below 900 px the rail becomes a drawer.
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { StatusBar } from '../features/status-bar/status-bar.tsx';
import { text } from '../text/en.ts';
import styles from './frame.module.css';
import { MainNavigation } from './main-navigation.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

const contentId = 'content';

export function Frame({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [location] = useLocation();
  const narrow = useMediaQuery('(max-width: 900px)', window.innerWidth <= 900);

  // Going somewhere closes the navigation.
  useEffect(() => {
    if (location) setOpen(false);
  }, [location]);

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href={`#${contentId}`}>
        {text.frame.skip}
      </a>
      {!narrow && <Rail onOpen={() => setOpen(true)} />}
      <TopBar onOpenNavigation={narrow ? () => setOpen(true) : undefined} />
      <main id={contentId} className={styles.content} tabIndex={-1}>
        {children}
      </main>
      <StatusBar />
      <Drawer.Root
        opened={open}
        onClose={() => setOpen(false)}
        size={280}
        lockScroll={false}
        transitionProps={{ duration: 140 }}
        classNames={{ content: styles.drawer }}
      >
        <Drawer.Overlay className={styles.overlay} />
        <Drawer.Content>
          <div className={styles.drawerHead}>
            <Drawer.Title className={styles.product}>{text.product}</Drawer.Title>
            <Drawer.CloseButton aria-label={text.window.close} />
          </div>
          <MainNavigation />
        </Drawer.Content>
      </Drawer.Root>
    </div>
  );
}
