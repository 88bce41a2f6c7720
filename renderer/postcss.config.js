// Lets the stylesheets use rem() and the colour-scheme mixins of Mantine.
import mantine from 'postcss-preset-mantine';

export default { plugins: [mantine()] };
