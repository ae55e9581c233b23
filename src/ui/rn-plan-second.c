/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A modal window, since it stays while the passphrase is checked in a worker. Main thread. */
#include "ui/rn-plan-second.h"

#include "base/rn-i18n.h"
#include "session/rn-passphrase.h"
#include "ui/rn-compat.h"

struct _RnPlanSecond {
  AdwWindow parent_instance;
  GtkWidget *what, *name, *passphrase, *again, *said, *confirm;
  char *first;
  GCancellable *working; /* NULL: nothing is being checked */
  gboolean enrolling;    /* this person has no passphrase yet */
};

G_DEFINE_FINAL_TYPE (RnPlanSecond, rn_plan_second, ADW_TYPE_WINDOW)

static guint confirmed_signal;

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
dup_name (RnPlanSecond *self)
{
  return g_strstrip (g_strdup (text_of (self->name)));
}

static void
say (RnPlanSecond *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->said), text != NULL ? text : "");
  gtk_widget_set_visible (self->said, text != NULL);
}

static void
set_enrolling (RnPlanSecond *self, gboolean enrolling)
{
  self->enrolling = enrolling;
  gtk_widget_set_visible (self->again, enrolling);
}

static void
update (RnPlanSecond *self)
{
  g_autofree char *name = dup_name (self);
  gboolean same = g_strcmp0 (name, self->first) == 0;

  gtk_widget_set_sensitive (self->confirm, self->working == NULL && name[0] != '\0' && !same
                                               && text_of (self->passphrase)[0] != '\0');
  if (same)
    say (self, _("The second confirmation needs another person."));
}

static void
name_changed_cb (RnPlanSecond *self)
{
  set_enrolling (self, FALSE);
  say (self, NULL);
  update (self);
}

static void
done (RnPlanSecond *self, const char *credential)
{
  g_autofree char *name = dup_name (self);

  g_signal_emit (self, confirmed_signal, 0, name, credential);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- checking ------------------------------------------------------------------------------ */

static void
stop_working (RnPlanSecond *self)
{
  g_clear_object (&self->working);
  update (self);
}

static void
enrolled_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlanSecond) self = data;
  g_autoptr (GError) error = NULL;
  gboolean kept = rn_passphrase_enrol_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  stop_working (self);
  /* without a keyring it holds for this run: the person did choose it and is told so */
  if (kept || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    done (self, "enrolled");
  else
    say (self, error->message);
}

static void
checked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlanSecond) self = data;
  g_autoptr (GError) error = NULL;
  RnPassphraseAnswer answer = rn_passphrase_check_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  stop_working (self);
  if (error != NULL)
    say (self, error->message);
  else if (answer == RN_PASSPHRASE_RIGHT)
    done (self, "passphrase");
  else if (answer == RN_PASSPHRASE_WRONG)
    {
      say (self, _("That is not the passphrase of this person."));
      gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
      gtk_widget_grab_focus (self->passphrase);
    }
  else
    {
      set_enrolling (self, TRUE);
      say (self, _("This person has no passphrase at this seat yet. Choose one of 8 characters or "
                    "more and type it twice; the record will say that it was chosen now."));
      gtk_widget_grab_focus (self->again);
    }
}

static void
confirm_cb (RnPlanSecond *self)
{
  g_autofree char *name = dup_name (self);

  if (!gtk_widget_get_sensitive (self->confirm))
    return;
  if (self->enrolling && !g_str_equal (text_of (self->passphrase), text_of (self->again)))
    {
      say (self, _("The two passphrases differ."));
      return;
    }
  say (self, NULL);
  self->working = g_cancellable_new ();
  update (self);
  if (self->enrolling)
    rn_passphrase_enrol_async (name, text_of (self->passphrase), self->working, enrolled_cb,
                               g_object_ref (self));
  else
    rn_passphrase_check_async (name, text_of (self->passphrase), self->working, checked_cb,
                               g_object_ref (self));
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_plan_second_dispose (GObject *object)
{
  RnPlanSecond *self = RN_PLAN_SECOND (object);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  G_OBJECT_CLASS (rn_plan_second_parent_class)->dispose (object);
}

static void
rn_plan_second_finalize (GObject *object)
{
  g_free (RN_PLAN_SECOND (object)->first);
  G_OBJECT_CLASS (rn_plan_second_parent_class)->finalize (object);
}

static void
rn_plan_second_class_init (RnPlanSecondClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_plan_second_dispose;
  G_OBJECT_CLASS (class)->finalize = rn_plan_second_finalize;
  confirmed_signal = g_signal_new ("confirmed", RN_TYPE_PLAN_SECOND, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-plan-second.ui");
  gtk_widget_class_bind_template_child (widget_class, RnPlanSecond, what);
  gtk_widget_class_bind_template_child (widget_class, RnPlanSecond, name);
  gtk_widget_class_bind_template_child (widget_class, RnPlanSecond, passphrase);
  gtk_widget_class_bind_template_child (widget_class, RnPlanSecond, again);
  gtk_widget_class_bind_template_child (widget_class, RnPlanSecond, said);
  gtk_widget_class_bind_template_child (widget_class, RnPlanSecond, confirm);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rn_plan_second_init (RnPlanSecond *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rn_compat_set_name (self->name, _("Name"));
  rn_compat_set_name (self->passphrase, _("Passphrase"));
  rn_compat_set_name (self->again, _("Passphrase again"));
  update (self);
}

GtkWidget *
rn_plan_second_new (GtkWindow *parent, const char *first, const char *what)
{
  RnPlanSecond *self = g_object_new (RN_TYPE_PLAN_SECOND, "transient-for", parent, NULL);

  self->first = g_strdup (first);
  gtk_label_set_text (GTK_LABEL (self->what), what);
  return GTK_WIDGET (self);
}
