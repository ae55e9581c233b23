/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three token files, exactly one loaded, before style.css: dark, light and high contrast follow
 * AdwStyleManager. High contrast is black in both schemes, so the dark base sheet goes with it.
 * Main thread; the one instance lives as long as the program. */
#include "ui/rn-style.h"

#include <adwaita.h>

#include "rn-ui-resources.h"

struct _RnStyle {
  GObject parent_instance;
  GtkCssProvider *tokens, *classes;
  RnThemeId wanted; /* RN_N_THEMES: as the desktop says */
  RnThemeId theme;
};

G_DEFINE_FINAL_TYPE (RnStyle, rn_style, G_TYPE_OBJECT)

enum { PROP_0, PROP_THEME, N_PROPS };
static GParamSpec *properties[N_PROPS];

static const char *const token_files[RN_N_THEMES] = {
  [RN_THEME_DARK] = "/com/example/RoadNet/ui/tokens-dark.css",
  [RN_THEME_LIGHT] = "/com/example/RoadNet/ui/tokens-light.css",
  [RN_THEME_HC] = "/com/example/RoadNet/ui/tokens-hc.css",
};

static RnThemeId
pick_theme (RnStyle *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (self->wanted == RN_THEME_HC || adw_style_manager_get_high_contrast (manager))
    return RN_THEME_HC;
  return adw_style_manager_get_dark (manager) ? RN_THEME_DARK : RN_THEME_LIGHT;
}

static void
update (RnStyle *self)
{
  RnThemeId theme = pick_theme (self);

  if (theme == self->theme)
    return;
  self->theme = theme;
  gtk_css_provider_load_from_resource (self->tokens, token_files[theme]);
  /* the classes name colours of the tokens: read them again */
  gtk_css_provider_load_from_resource (self->classes, "/com/example/RoadNet/ui/style.css");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THEME]);
}

static void
apply_scheme (RnStyle *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (self->wanted == RN_THEME_DARK || self->wanted == RN_THEME_HC
      || adw_style_manager_get_high_contrast (manager))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  else if (self->wanted == RN_THEME_LIGHT)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  adw_style_manager_set_color_scheme (manager, scheme);
  update (self);
}

static void
contrast_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, RnStyle *self)
{
  apply_scheme (self);
}

static void
dark_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, RnStyle *self)
{
  update (self);
}

static void
rn_style_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_THEME:
      g_value_set_int (value, RN_STYLE (object)->theme);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_style_class_init (RnStyleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rn_style_get_property;
  properties[PROP_THEME] = g_param_spec_int ("theme", NULL, NULL, 0, RN_N_THEMES, RN_THEME_DARK,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rn_style_init (RnStyle *self)
{
  AdwStyleManager *manager;
  GdkDisplay *display = gdk_display_get_default ();

  g_resources_register (rn_ui_get_resource ());
  adw_init ();
  /* a popover that opens with its whole text selected looks like an alarm */
  g_object_set (gtk_settings_get_for_display (display), "gtk-label-select-on-focus", FALSE, NULL);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/com/example/RoadNet/icons");
  self->wanted = RN_THEME_DARK;
  self->theme = RN_N_THEMES;
  self->tokens = gtk_css_provider_new ();
  self->classes = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->tokens),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->classes),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (dark_changed_cb), self, 0);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (contrast_changed_cb), self,
                           0);
  apply_scheme (self);
}

RnStyle *
rn_style_get_default (void)
{
  static RnStyle *instance;

  if (instance == NULL)
    instance = g_object_new (RN_TYPE_STYLE, NULL);
  return instance;
}

void
rn_style_set_wanted (RnStyle *self, RnThemeId wanted)
{
  self->wanted = wanted;
  apply_scheme (self);
}

RnThemeId
rn_style_get_theme (RnStyle *self)
{
  return self->theme;
}
