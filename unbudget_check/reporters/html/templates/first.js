// A script can light the cells faster than the style made for pages without one, which goes
// before there is anything to draw.
document.documentElement.classList.add("js");
document.getElementById("lights").remove();
