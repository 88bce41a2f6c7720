// The main navigation with names, as it stands in the drawer.
import { Link, useLocation } from 'wouter';
import { text } from '../text/en.ts';
import styles from './main-navigation.module.css';
import { navigationEntries } from './navigation-entries.ts';

export function MainNavigation() {
  const [location] = useLocation();
  return (
    <nav className={styles.list} aria-label={text.frame.navigation}>
      {navigationEntries.map(({ path, label, icon: Icon, holds }) => (
        <Link
          key={path}
          href={path}
          className={styles.entry}
          aria-current={holds(location) ? 'page' : undefined}
        >
          <Icon size={20} stroke={1.7} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  );
}
