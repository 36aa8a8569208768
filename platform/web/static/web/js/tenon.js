// Everything here is comfort: each form and link works without it.
import { applyAtOnce } from "./apply.js";
import { foldRail } from "./rail.js";
import { focusFaults } from "./focus.js";
import { searchKey, walkOffers } from "./search.js";
import { switchTheme } from "./theme.js";

document.documentElement.classList.add("scripted");
switchTheme(document.querySelector("[data-theme-switch]"));
foldRail(document.querySelector("[data-rail-fold]"));
searchKey(document.querySelector("[data-search]"));
walkOffers(document.querySelector("[data-offers]"));
focusFaults(document);
applyAtOnce();
